/** The reason why the migrator stopped, written for the person who started it. Unless the message says otherwise, nothing was applied. */
export class MigrationError extends Error {
  override readonly name: string = 'MigrationError'
}

/** Another migrator holds the lock. Nothing was changed; a later attempt can succeed. */
export class MigratorBusy extends MigrationError {
  override readonly name = 'MigratorBusy'
}
