// Names for the form fields of Datasette's own pages, which have none: a screen reader would say "edit text" only.
"use strict";
const NAMES = [
  ["select[name^='_filter_column']", "Column to filter by"],
  ["select[name^='_filter_op']", "Condition"],
  ["input[name^='_filter_value']", "Value to filter by"],
  ["select[name='_sort']", "Sort by"],
  ["select#sort_by", "Sort by"],
  ["input[name='_search']", "Search in this table"],
  ["textarea[name='sql']", "SQL query"],
];
for (const [selector, name] of NAMES) {
  for (const field of document.querySelectorAll(selector)) {
    if (!field.labels || field.labels.length === 0) { field.setAttribute("aria-label", name); }
  }
}
for (const box of document.querySelectorAll(".table-wrapper")) {
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Rows of the table");
}
// The count of rows stands in a third-level heading right beneath the first: it is said as a second-level one.
for (const heading of document.querySelectorAll("main > h3")) {
  heading.setAttribute("role", "heading");
  heading.setAttribute("aria-level", "2");
}
