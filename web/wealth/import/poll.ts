/** So often an import is read again while its transactions are being stored or removed. */
export const pollMilliseconds = 2000

/** Whether its transactions are being stored or removed. */
export const isBusy = (status: string | undefined): boolean => status === 'storing' || status === 'undoing'
