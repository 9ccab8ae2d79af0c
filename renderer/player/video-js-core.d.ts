/** Types of video.js's core build (no streaming engine), which ships without its own. */
declare module 'video.js/core.es.js' {
  export { default } from 'video.js';
}
