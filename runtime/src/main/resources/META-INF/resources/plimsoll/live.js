// Keeps a page up to date. Every element with data-source="/api/..." is filled from that JSON; the stream at /live says when to
// ask again. A page needs no script of its own:
//
//   <table data-source="/api/positions" data-rows="positions" data-key="account">
//     <thead><tr><th scope="col" data-field="account" data-format="hex">Account</th>
//                <th scope="col" data-field="healthFactor" data-format="number:4">Health factor</th></tr></thead><tbody></tbody></table>
//   <dl class="figures" data-source="/api/status"><div><dt>Block</dt><dd data-field="blockNumber"></dd></div></dl>
//
// data-field takes a path such as latencyMs.p50. data-format: text, hex (shortened), number:DIGITS, percent (of basis points),
// time (how long ago), state (a coloured badge), wrap. Charts register themselves: plimsoll.onData("/api/status", json => ...).
"use strict";
(() => {
  const listeners = new Map(); // source -> functions of its JSON
  const MIN_PAUSE_MS = 400; // blocks may come faster than people read
  const POLL_MS = 15000; // in case the stream says nothing

  const read = (object, path) => path.split(".").reduce((value, name) => (value == null ? value : value[name]), object);
  const isAbsent = (value) => value === null || value === undefined || value === "";

  const GOOD = ["liquidated", "executed", "verified", "final", "succeeded", "live", "mined", "accepted", "healthy", "ok"];
  const BAD = ["failed", "reverted", "defeated", "canceled", "expired", "blind", "liquidatable", "stale", "dropped"];
  const WARN = ["pending", "active", "queued", "sent", "signed", "planned", "unprofitable", "waiting", "dry-run", "replaced"];

  function tone(state) {
    const word = String(state).toLowerCase();
    return GOOD.includes(word) ? "good" : BAD.includes(word) ? "bad" : WARN.includes(word) ? "warn" : "";
  }

  // Long integers and decimals arrive as strings: digits are cut and grouped as text, never through a double.
  function decimal(value, digits, fixed) {
    const text = typeof value === "number" ? value.toFixed(Math.min(digits, 20)) : String(value);
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (!match) return text;
    const grouped = match[2].replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
    const cut = (match[3] || "").slice(0, digits); // cut, not rounded: 0.99999 must not read as 1
    const fraction = fixed ? cut.padEnd(digits, "0") : cut.replace(/0+$/, "");
    return match[1] + grouped + (fraction ? "." + fraction : "");
  }

  function ago(value) {
    const seconds = Math.round((Date.now() - new Date(value).getTime()) / 1000);
    if (Number.isNaN(seconds)) return String(value);
    const past = Math.abs(seconds);
    const text = past < 60 ? past + " s" : past < 3600 ? Math.round(past / 60) + " min"
      : past < 172800 ? Math.round(past / 3600) + " h" : Math.round(past / 86400) + " d";
    return seconds < -1 ? "in " + text : text + " ago";
  }

  function show(cell, value, format) {
    const [kind, argument] = (format || "text").split(":");
    cell.classList.toggle("number", kind === "number" || kind === "percent");
    cell.classList.toggle("wrap", kind === "wrap");
    cell.classList.toggle("none", isAbsent(value));
    cell.removeAttribute("title");
    if (isAbsent(value)) { cell.textContent = "–"; return; }
    if (typeof value === "object") { cell.textContent = Array.isArray(value) ? value.join(", ") : JSON.stringify(value); return; }
    switch (kind) {
      case "number": cell.textContent = decimal(value, argument === undefined ? 6 : Number(argument), argument !== undefined); break;
      case "percent": cell.textContent = decimal((Number(value) / 100).toFixed(2), 2, true) + " %"; break;
      case "time": cell.textContent = ago(value); cell.title = String(value); break;
      case "hex": {
        const code = document.createElement("span");
        code.className = "hex";
        code.textContent = value.length > 14 ? value.slice(0, 8) + "…" + value.slice(-4) : value;
        code.title = value;
        cell.replaceChildren(code);
        break;
      }
      case "state": {
        const badge = document.createElement("span");
        badge.className = ("badge " + tone(value)).trim();
        badge.textContent = value;
        cell.replaceChildren(badge);
        break;
      }
      default: cell.textContent = value;
    }
  }

  function fillTable(table, json) {
    const rows = (table.dataset.rows ? read(json, table.dataset.rows) : json) || [];
    const heads = [...table.tHead.rows[0].cells];
    const key = table.dataset.key;
    const known = table.plimsollKeys;
    const body = document.createElement("tbody");
    for (const row of rows) {
      const line = body.insertRow();
      for (const head of heads) show(line.insertCell(), read(row, head.dataset.field), head.dataset.format);
      if (key && known && !known.has(String(read(row, key)))) line.className = "fresh";
    }
    if (rows.length === 0) {
      const cell = body.insertRow().insertCell();
      cell.colSpan = heads.length;
      cell.className = "empty";
      cell.textContent = table.dataset.empty || "Nothing yet.";
    }
    for (const head of heads) {
      const kind = (head.dataset.format || "").split(":")[0];
      head.classList.toggle("number", kind === "number" || kind === "percent");
    }
    if (key) table.plimsollKeys = new Set(rows.map((row) => String(read(row, key))));
    table.tBodies[0].replaceWith(body);
  }

  function fill(element, json) {
    if (element.tagName === "TABLE") fillTable(element, json);
    else for (const field of element.querySelectorAll("[data-field]")) show(field, read(json, field.dataset.field), field.dataset.format);
  }

  async function load(source) {
    const response = await fetch(source, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok) throw new Error(source + " answered " + response.status);
    const json = await response.json();
    for (const element of document.querySelectorAll("[data-source]")) if (element.dataset.source === source) fill(element, json);
    for (const listener of listeners.get(source) || []) listener(json);
  }

  let running = false;
  let wanted = false;
  async function refresh() {
    if (running) { wanted = true; return; }
    running = true;
    const sources = new Set([...document.querySelectorAll("[data-source]")].map((e) => e.dataset.source).concat([...listeners.keys()]));
    const results = await Promise.allSettled([...sources].map(load));
    const failed = results.find((result) => result.status === "rejected");
    connection(failed ? "no answer: " + failed.reason.message : "live", !failed);
    document.documentElement.dataset.ready = "true";
    setTimeout(() => { running = false; if (wanted) { wanted = false; refresh(); } }, MIN_PAUSE_MS);
  }

  function connection(text, live) {
    for (const place of document.querySelectorAll(".connection")) {
      if (place.textContent !== text) place.textContent = text;
      place.classList.toggle("live", live);
    }
  }

  function follow() {
    const stream = new EventSource("/live");
    stream.onmessage = refresh;
    for (const name of (document.body.dataset.events || "change block position liquidation decision round calibration proposal status").split(" ")) stream.addEventListener(name, refresh);
    stream.onopen = refresh;
    stream.onerror = () => connection("reconnecting", false); // the browser tries again by itself
  }

  window.plimsoll = {
    onData(source, listener) { listeners.set(source, [...(listeners.get(source) || []), listener]); },
    read, decimal,
  };
  document.addEventListener("DOMContentLoaded", () => { refresh(); follow(); setInterval(refresh, POLL_MS); });
})();
