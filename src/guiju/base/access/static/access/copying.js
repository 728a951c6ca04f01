// Copying: a button with data-copies puts what stands in a field into the clipboard, and says so.
"use strict";
(() => {
  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    const told = button.parentElement.querySelector("[data-copied]");
    button.addEventListener("click", async () => {
      field.focus();
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        if (!document.execCommand("copy")) return;  // it stays selected, to be copied by hand
      }
      told.textContent = button.dataset.done;
    });
  }
})();
