// Lists of records: sorting by any column, a filter for words, a button for each state. Without this script they are tables.
//
// How a list is sorted and filtered is in the page's address, so that it survives a reload, the way back and a message to somebody:
//
//   plan/index.html?state=active,paused&words=evening&sort=-due
//
// state: one or more of what rows have as data-state. words: a row has all of them. sort: a column by the data-name of its heading,
// or by its number from 1; with "-" before it, the largest first. A table with a name, data-tu-list="tree", has it before a dot:
// ?tree.state=at-risk; of several without one, the second goes by 2, as ?2.words=rota. (Not q:
// Material opens its search where it finds one.) Pages make such addresses with Here.filtered
// (site/site.py).
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

  function sort(list) {
    var falling = list.sort.charAt(0) === "-", name = falling ? list.sort.slice(1) : list.sort, rows = list.rows.slice();
    list.headings.forEach(function (heading, column) {
      heading.removeAttribute("aria-sort");
      if (!name || name !== columnName(heading, column)) return;
      var compare = order(column, document.documentElement.lang || undefined);
      rows.sort(falling ? function (first, second) {
        return value(first, column) && value(second, column) ? compare(second, first) : compare(first, second);
      } : compare);
      heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
    });
    rows.forEach(function (row) { list.body.appendChild(row); });
  }

  function columnName(heading, column) {
    return heading.dataset.name || String(column + 1);
  }

  function makeSortable(list, table) {
    list.body = table.tBodies[0];
    list.headings = Array.prototype.slice.call(table.querySelectorAll("thead th"));
    list.headings.forEach(function (heading, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.textContent = "";
      heading.appendChild(button);
      button.addEventListener("click", function () {
        list.sort = (heading.getAttribute("aria-sort") === "ascending" ? "-" : "") + columnName(heading, column);
        sort(list);
        remember(list, true);
      });
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

  // What a reader sees of a row. What a chart says of itself is for who cannot see it, and the same rows say it in figures.
  function seen(row) {
    var copy = row.cloneNode(true);
    copy.querySelectorAll("svg title, svg desc").forEach(function (one) { one.remove(); });
    return copy.textContent.toLowerCase();
  }

  function filter(list) {
    var words = list.words.toLowerCase().split(/\s+/).filter(Boolean), chosen = list.state ? list.state.split(",") : [], left = 0;
    if (words.length && !list.texts) list.texts = list.rows.map(seen);
    list.rows.forEach(function (one, index) {
      var text = words.length ? list.texts[index] : "";
      one.hidden = Boolean(chosen.length && chosen.indexOf(one.dataset.state) < 0) || !words.every(function (word) { return text.includes(word); });
      if (!one.hidden) left += 1;
    });
    list.box.querySelectorAll("[data-tu-group]").forEach(function (group) { group.hidden = !group.querySelector("tbody tr:not([hidden])"); });
    list.buttons.forEach(function (one) {
      one.setAttribute("aria-pressed", String(one.value ? chosen.indexOf(one.value) >= 0 : !chosen.length));
    });
    if (list.input && list.input.value !== list.words) list.input.value = list.words;
    if (list.count) list.count.textContent = left < list.rows.length ? left + " / " + list.rows.length : "";
  }

  function makeFilter(list) {
    var box = list.box, rows = list.rows;
    // A short list needs no filter, but for who comes with one.
    if (!box.dataset.filter || (rows.length < 6 && !list.words && !list.state)) return;
    var tools = document.createElement("div"), row = document.createElement("div"), input = document.createElement("input");
    tools.className = "tu-tools";
    row.className = "tu-buttons";
    input.type = "search";
    input.placeholder = box.dataset.filter;
    input.setAttribute("aria-label", box.dataset.filter);
    input.addEventListener("input", function () {
      list.words = input.value;
      filter(list);
      remember(list, false);
    });
    tools.appendChild(input);

    function add(state, label) {
      var button = document.createElement("button");
      button.type = "button";
      button.value = state;
      button.textContent = label;
      button.addEventListener("click", function () {
        list.state = state;
        filter(list);
        remember(list, true);
      });
      list.buttons.push(button);
      row.appendChild(button);
    }

    var found = states(rows);
    if (found.size > 1 || list.state) {
      add("", box.dataset.all + " " + rows.length);
      found.forEach(function (entry, state) { add(state, entry.label + " " + entry.count); });
      tools.appendChild(row);
    }
    list.input = input;
    list.count = document.createElement("span");
    list.count.className = "tu-quiet";
    list.count.setAttribute("role", "status");
    tools.appendChild(list.count);
    box.parentNode.insertBefore(tools, box);
  }

  // What the page's address says of a list.
  function recall(list) {
    var said = new URLSearchParams(location.search);
    list.words = said.get(list.prefix + "words") || "";
    list.state = said.get(list.prefix + "state") || "";
    list.sort = said.get(list.prefix + "sort") || "";
  }

  // Writes it there; a choice is a step that the way back undoes, a letter is none.
  function remember(list, isStep) {
    var said = new URLSearchParams(location.search);
    [["words", list.words.trim()], ["state", list.state], ["sort", list.sort]].forEach(function (one) {
      if (one[1]) said.set(list.prefix + one[0], one[1]);
      else said.delete(list.prefix + one[0]);
    });
    var query = said.toString().replace(/%2C/g, ",");
    var url = location.pathname + (query ? "?" + query : "") + location.hash;
    try {
      // The state that is there belongs to the theme, which keeps the place in the page in it.
      if (isStep) history.pushState(history.state, "", url);
      else history.replaceState(history.state, "", url);
    } catch (error) {
      // Some browsers refuse it to a page from disk, or to who types fast: the list is filtered all the same.
    }
  }

  function show(list) {
    filter(list);
    if (list.headings.length) sort(list);
  }

  var lists = [];

  function makeList(box, place) {
    var name = box.dataset.tuList || (place ? String(place + 1) : "");
    var list = { box: box, prefix: name ? name + "." : "", rows: Array.prototype.slice.call(box.querySelectorAll("tbody tr")), headings: [], buttons: [] };
    recall(list);
    if (!("tuFixed" in box.dataset) && !box.querySelector("[data-tu-group]")) makeSortable(list, box.querySelector("table"));
    makeFilter(list);
    if (list.words || list.state || list.sort) show(list);
    else filter(list);
    lists.push(list);
  }

  function start() {
    var unnamed = 0;
    lists = lists.filter(function (list) { return list.box.isConnected; });
    document.querySelectorAll("[data-tu-list]").forEach(function (box) {
      var place = box.dataset.tuList ? 0 : unnamed++;
      if ("tuReady" in box.dataset) return;
      box.dataset.tuReady = "";
      makeList(box, place);
    });
    // The theme's search opens as a dialog without a name; its field has one, in the reader's language.
    document.querySelectorAll(".md-search[role=dialog]:not([aria-label])").forEach(function (dialog) {
      var field = dialog.querySelector("input");
      if (field) dialog.setAttribute("aria-label", field.getAttribute("aria-label") || field.placeholder);
    });
    // A box that scrolls can be reached and moved with the keyboard.
    document.querySelectorAll(".tu-scroll, .md-typeset__scrollwrap").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    });
  }

  window.addEventListener("popstate", function () {
    lists.forEach(function (list) {
      if (!list.box.isConnected) return;
      recall(list);
      show(list);
    });
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  // Material's instant loading replaces the page without loading it; from disk it tells of no page at all, not even the first.
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
})();
