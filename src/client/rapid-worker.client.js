/*
 * Lets one page be opened again without a network, and nothing else: its own address, and the stylesheets and scripts that it
 * names. The network comes first; the copy is taken where it is silent, in trouble, or says that the link is no longer in use,
 * so that what waits on the phone can still be seen. A plain script in ES2015.
 */
(() => {
  const PAGE = self.registration.scope;
  const HERE = new URL(PAGE).pathname;
  const CACHE = `rapid ${PAGE}`;
  const PATIENCE = 5000;
  const open = () => caches.open(CACHE);
  const copy = () => open().then((cache) => cache.match(PAGE));

  /** The page is kept once all that it names is there; what only an older one named goes. */
  const keep = (response) =>
    Promise.all([open(), response.clone().text()]).then((both) => {
      const cache = both[0];
      const named = (both[1].match(/\/assets\/[\w.-]+/g) || []).map((path) => new URL(path, PAGE).href);
      const missing = (url) => cache.match(url).then((found) => (found ? undefined : cache.add(url)));
      return Promise.all(named.map(missing))
        .then(() => cache.put(PAGE, response))
        .then(() => cache.keys())
        .then((requests) =>
          Promise.all(
            requests
              .filter((request) => request.url !== PAGE && named.indexOf(request.url) < 0)
              .map((request) => cache.delete(request)),
          ),
        );
    });

  self.addEventListener("install", (event) => {
    event.waitUntil(
      fetch(PAGE)
        .then((response) => {
          if (!response.ok || response.redirected) throw new Error("no page");
          return keep(response);
        })
        .then(() => self.skipWaiting()),
    );
  });
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

  function page(event) {
    const fresh = fetch(event.request).then((response) => {
      if (response.ok) event.waitUntil(keep(response.clone()).catch(() => {}));
      else if (/^(404|410|5\d\d)$/.test(response.status)) return copy().then((found) => found || response);
      return response;
    });
    const late = new Promise((resolve) => {
      setTimeout(() => copy().then((found) => found && resolve(found)), PATIENCE);
    });
    return Promise.race([
      fresh.catch((fault) => copy().then((found) => found || Promise.reject(fault))),
      late,
    ]);
  }
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    if (request.mode === "navigate" && url.pathname === HERE) event.respondWith(page(event));
    else if (/^\/assets\//.test(url.pathname))
      event.respondWith(
        open()
          .then((cache) => cache.match(request))
          .then((found) => found || fetch(request)),
      );
  });
})();
