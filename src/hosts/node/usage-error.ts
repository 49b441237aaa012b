/** The command line itself was wrong: told with the way to the help, and exit status 2. */
export class UsageError extends Error {}
