// Lists of records: sorting by any column, a filter for words, a button for each state. Without this script they are tables.
(function () {
  "use strict";

  function value(row, column) {
    var cell = row.cells[column];
    return cell ? cell.dataset.sort || cell.textContent.trim() : "";
  }

  function amount(text) {
    return Number(text.replace(/,(?=\d{3})/g, ""));
  }

  function order(column, language) {
    var words = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
    return function (first, second) {
      var one = value(first, column), other = value(second, column);
      // What is empty stays at the end, whichever way the list is sorted.
      if (!one || !other) return one ? -1 : other ? 1 : 0;
      var difference = amount(one) - amount(other);
      return isNaN(difference) ? words.compare(one, other) : difference;
    };
  }

  function sort(table, heading, column) {
    var falling = heading.getAttribute("aria-sort") === "ascending";
    var body = table.tBodies[0], compare = order(column, document.documentElement.lang || undefined);
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(falling ? function (first, second) {
      return value(first, column) && value(second, column) ? compare(second, first) : compare(first, second);
    } : compare);
    table.querySelectorAll("th").forEach(function (one) { one.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
    rows.forEach(function (row) { body.appendChild(row); });
  }

  function makeSortable(table) {
    table.querySelectorAll("thead th").forEach(function (heading, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.textContent = "";
      heading.appendChild(button);
      button.addEventListener("click", function () { sort(table, heading, column); });
    });
  }

  function states(rows) {
    var found = new Map();
    rows.forEach(function (row) {
      var state = row.dataset.state;
      if (!state) return;
      var pill = row.querySelector(".tu-pill");
      var cell = pill && pill.closest("td");
      var entry = found.get(state) || { label: pill ? pill.textContent : state, rank: Number(cell && cell.dataset.sort) || 0, count: 0 };
      entry.count += 1;
      found.set(state, entry);
    });
    // As the schema lists them, not as the rows happen to stand.
    return new Map(Array.from(found).sort(function (one, other) { return one[1].rank - other[1].rank; }));
  }

  function makeFilter(box) {
    var rows = Array.prototype.slice.call(box.querySelectorAll("tbody tr"));
    if (!box.dataset.filter || rows.length < 6) return;
    var tools = document.createElement("div"), input = document.createElement("input"), row = document.createElement("div");
    var chosen = "", buttons = [];
    tools.className = "tu-tools";
    row.className = "tu-buttons";
    input.type = "search";
    input.placeholder = box.dataset.filter;
    input.setAttribute("aria-label", box.dataset.filter);
    tools.appendChild(input);

    function apply() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach(function (one) {
        var text = one.textContent.toLowerCase();
        one.hidden = Boolean(chosen && one.dataset.state !== chosen) || !words.every(function (word) { return text.includes(word); });
      });
      box.querySelectorAll("[data-tu-group]").forEach(function (group) { group.hidden = !group.querySelector("tbody tr:not([hidden])"); });
    }

    function add(state, label) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.setAttribute("aria-pressed", String(state === chosen));
      button.addEventListener("click", function () {
        chosen = state;
        buttons.forEach(function (one) { one.setAttribute("aria-pressed", String(one === button)); });
        apply();
      });
      buttons.push(button);
      row.appendChild(button);
    }

    var found = states(rows);
    if (found.size > 1) {
      add("", box.dataset.all + " " + rows.length);
      found.forEach(function (entry, state) { add(state, entry.label + " " + entry.count); });
      tools.appendChild(row);
    }
    input.addEventListener("input", apply);
    box.parentNode.insertBefore(tools, box);
  }

  function start() {
    document.querySelectorAll("[data-tu-list]:not([data-tu-ready])").forEach(function (box) {
      box.dataset.tuReady = "";
      if (!box.querySelector("[data-tu-group]")) makeSortable(box.querySelector("table"));
      makeFilter(box);
    });
    // A box that scrolls can be reached and moved with the keyboard.
    document.querySelectorAll(".tu-scroll, .md-typeset__scrollwrap").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    });
  }

  // Material's instant loading replaces the page without loading it.
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
