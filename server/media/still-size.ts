/** How large stills are. */

/** Width of a still in pixels; its height follows the media. */
export const STILL_WIDTH = 480;
