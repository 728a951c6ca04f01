"""The four lists as files: what offices have, in; the product's own workbook, in and out."""
