/** Where it is kept when a copy of the whole volume was last made. */

/** A setting of the machine, in milliseconds since 1970; the command `volume export` writes it. */
export const lastVolumeCopy = 'maintenance/volume-copy/last-time';
