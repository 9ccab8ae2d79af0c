/** Versions of the contract; both sides refuse what they do not know. */

/** Version of the socket protocol between player and server. */
export const PROTOCOL_VERSION = 1;

/** Version of the data folder's layout; a folder of a newer one is not opened. */
export const DATA_VERSION = 1;
