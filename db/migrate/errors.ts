/** Why the migrator stopped, in words for the person who started it. Nothing was applied unless the message says so. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}
