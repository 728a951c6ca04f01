// What may become part of the designer's page: the markup of its library, which is made of a
// few plain elements. No script, no handler, no style, no address but the library's own page.
// (docs/decisions/0020-designer.md; every other page has ui/trusted.js.)
"use strict";
(() => {
  if (!window.trustedTypes) return;
  const ELEMENTS = "a|b|br|button|circle|code|defs|div|em|g|h[1-6]|hr|i|img|input|kbd|label|li|marker|p|path|polygon|polyline|pre|rect|small|span|strong|svg|text|tspan|ul";
  const ATTRIBUTES = "aria-[a-z]+|class|clip-rule|contenteditable|cx|cy|d|data-[a-z-]+|draggable|fill|fill-rule|height|id|placeholder|points|r|rel|role|rx|ry|spellcheck|stroke|stroke-[a-z]+|tabindex|target|title|transform|type|version|viewBox|width|x|xmlns|y|href=\"https?://bpmn\\.io/?[a-z/]*\"";
  const attribute = `\\s+(?:${ATTRIBUTES})(?:\\s*=\\s*(?:"[^"<>]*"|'[^'<>]*'|[\\w-]+))?`;
  const plain = new RegExp(`^(?:[^<]|</?(?:${ELEMENTS})(?:${attribute})*\\s*/?>)*$`);
  window.trustedTypes.createPolicy("default", {
    createHTML: (text) => (plain.test(text) ? text : null),
  });
})();
