/** From where on a day is called tight. */

/** Booking past this share of a day's open time is warned of: after an outage there may be no room to make up. */
export const LOAD_WARNING = 0.8;
