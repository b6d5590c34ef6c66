declare module "*.css" {
  const text: string;
  export default text;
}
declare module "*.client.js" {
  const text: string;
  export default text;
}
/** A library's own build for browsers: its text, from node_modules. */
declare module "chart.js/dist/chart.umd.min.js" {
  const text: string;
  export default text;
}
