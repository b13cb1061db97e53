/** The worker's whole script as text: the glue of the core, then `worker.js`. The builder makes it. */
declare module 'kashshaf-worker-script' {
  const script: string;
  export default script;
}
