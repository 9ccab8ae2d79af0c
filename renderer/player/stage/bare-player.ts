/** video.js without any interface: nothing but the media element, muted until somebody gives it a voice. */
export const BARE_PLAYER = {
  children: ['mediaLoader'],
  controls: false,
  autoplay: false,
  preload: 'auto',
  muted: true,
  playsinline: true,
  userActions: { click: false, doubleClick: false, hotkeys: false },
  techOrder: ['html5'],
  inactivityTimeout: 0,
  disablePictureInPicture: true,
  suppressNotSupportedError: true,
};
