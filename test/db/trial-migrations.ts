import { afterEach, beforeEach } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { copyMigrations, type MigrationsFolder } from './migrations-folder.ts'

/** A migrated database and a copy of the migrations for each test of the file, which the test may change. */
export const useTrialMigrations = (): { readonly database: TestDatabase; readonly migrations: MigrationsFolder } => {
  let trial: { readonly database: TestDatabase; readonly migrations: MigrationsFolder }
  beforeEach(async () => {
    trial = { database: await createTestDatabase(), migrations: copyMigrations() }
  })
  afterEach(async () => {
    trial.migrations.remove()
    await trial.database.drop()
  })
  return {
    get database() {
      return trial.database
    },
    get migrations() {
      return trial.migrations
    },
  }
}
