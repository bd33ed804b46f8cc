// The drawing itself is fetched once and kept by the browser: only figures come with a run.
const drawing = import(new URL("app/static/chart/VERSION/chart.js", document.baseURI));

export default async function (mount) {
  return (await drawing).show(mount);
}
