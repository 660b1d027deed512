/** The reason why the migrator stopped, written for the person who started it. Unless the message says otherwise, nothing was applied. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}
