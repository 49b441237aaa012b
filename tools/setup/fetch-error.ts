/** What was to come over the network did not: nobody here has made a mistake, and trying again later may help. */
export class FetchError extends Error {}

/** With this status a command ends that could not fetch something (`EX_TEMPFAIL` of sysexits.h). */
export const fetchFailedStatus = 75;
