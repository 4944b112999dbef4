/* Shows the page anew when the check that is under way has ended. */
(function () {
  const interval = 1000;

  function look() {
    fetch("api/json?tree=checking", { headers: { Accept: "application/json" } })
      .then((response) => (response.ok ? response.json() : { checking: true }))
      .catch(() => ({ checking: true }))
      .then((page) => {
        if (page.checking) {
          setTimeout(look, interval);
        } else {
          window.location.reload();
        }
      });
  }

  Behaviour.specify(".image-update-checking", "image-update-checking", 0, () => setTimeout(look, interval));
})();
