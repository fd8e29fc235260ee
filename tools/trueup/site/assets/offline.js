// What has to be there before Material's own scripts: links in charts that its instant loading can live with, search from disk,
// and words that are found in all their forms.

// Instant loading writes the address of every link of a page back to it (link.href = link.href), which a link in a chart refuses with
// an error: the links after it, and the next page, would be lost. Nothing is written; the address stays as it is.
(function () {
  "use strict";
  var href = window.SVGAElement && Object.getOwnPropertyDescriptor(SVGAElement.prototype, "href");
  if (href && href.get && !href.set && href.configurable) {
    Object.defineProperty(SVGAElement.prototype, "href", { get: href.get, set: function () {}, enumerable: true, configurable: true });
  }
})();

// Search on a site that is opened from disk. A browser starts no worker there, so Material's search worker runs in a frame;
// it looks for a window with an "IFrameWorker" above it to know that it does. Nothing is loaded from anywhere else.
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function FrameWorker(url) {
    var worker = document.createDocumentFragment(), frame = document.createElement("iframe"), waiting = [], inside = null;

    // A message is the same whether it comes before the worker listens or after.
    worker.postMessage = function (data) {
      if (inside) inside.dispatchEvent(new inside.MessageEvent("message", { data: data }));
      else waiting.push(data);
    };
    worker.terminate = function () { frame.remove(); };

    function prepare(view) {
      view.postMessage = function (data) { worker.dispatchEvent(new MessageEvent("message", { data: data })); };
      // A worker waits for its scripts; here they come one after the other, and the worker waits for the promise.
      view.importScripts = function () {
        return Array.prototype.slice.call(arguments).reduce(function (before, script) {
          return before.then(function () { return load(view, script); });
        }, Promise.resolve());
      };
    }

    function load(view, source) {
      return new Promise(function (resolve, reject) {
        var script = view.document.createElement("script");
        script.onload = resolve;
        script.onerror = reject;
        script.src = source;
        view.document.head.appendChild(script);
      });
    }

    function begin() {
      frame.hidden = true;
      document.body.appendChild(frame);
      prepare(frame.contentWindow);
      load(frame.contentWindow, String(new URL(url, location))).then(function () {
        inside = frame.contentWindow;
        waiting.splice(0).forEach(worker.postMessage);
      });
    }

    if (document.body) begin();
    else document.addEventListener("DOMContentLoaded", begin);
    return worker;
  }

  window.IFrameWorker = FrameWorker;
  window.Worker = FrameWorker;
})();

// Material finds words that begin as the one asked for: "refund" finds "refunded", but "refunds" does not. So the end of an English
// word is taken off before it is looked for, where at least four letters are left; what is in quotes stays as it is.
(function () {
  "use strict";
  var QUERY = 2, Plain = window.Worker;
  if (!Plain) return;

  function stem(word) {
    if (!/^[a-z]{5,}$/i.test(word)) return word;
    var cut = word.replace(/ies$|ied$/i, "").replace(/(?:ing|ed|es)$/i, "");
    if (cut === word) cut = word.replace(/([^s])s$/i, "$1").replace(/y$/i, "");
    // A consonant is doubled before an ending: "planned", "running".
    if (cut.length < word.length - 1) cut = cut.replace(/([bdgklmnprt])\1$/i, "$1");
    return cut.length >= 4 ? cut : word;
  }

  function stemmed(query) {
    return query.split(/("[^"]*")/).map(function (part, index) {
      return index % 2 ? part : part.split(/(\s+)/).map(stem).join("");
    }).join("");
  }

  function Searching(url, options) {
    var worker = new Plain(url, options);
    if (String(url).indexOf("search") < 0) return worker;
    var post = worker.postMessage;
    worker.postMessage = function (message) {
      var asked = message && message.type === QUERY && typeof message.data === "string";
      return post.call(worker, asked ? Object.assign({}, message, { data: stemmed(message.data) }) : message);
    };
    return worker;
  }

  window.Worker = Searching;
  if (window.IFrameWorker) window.IFrameWorker = Searching;
})();
