/** So often an import is read again while its rows are stored. */
export const pollMilliseconds = 2000
