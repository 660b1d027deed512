import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { temporaryFolder } from '../lib/temporary-folder.ts'
import type { Release } from './custom-resource.ts'

const journalSchema = z.looseObject({ entries: z.array(z.looseObject({ idx: z.number(), when: z.number() })) })

/** A later release: the functions of the stack of the database have one more migration. */
export const releaseWith = (deployed: Release, name: string, statements: readonly string[]): Release => {
  const folder = temporaryFolder()
  const applier = deployed.functions().find(({ unit }) => unit === 'apply-migrations')
  const { folder: former, stack } = applier!
  cpSync(former, folder, { recursive: true })
  const migrations = join(folder, 'db', 'migrations')
  const path = join(migrations, 'meta', '_journal.json')
  const journal = journalSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  const last = journal.entries.at(-1)!
  const tag = `${String(last.idx + 1).padStart(4, '0')}_${name}`
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag })
  writeFileSync(path, JSON.stringify(journal))
  writeFileSync(join(migrations, `${tag}.sql`), statements.join('\n--> statement-breakpoint\n'))
  writeFileSync(join(migrations, 'rollback', `${tag}.sql`), 'select 1;')
  return {
    ...deployed,
    functions: () =>
      deployed.functions().map(lambda => {
        if (lambda.stack !== stack || lambda.folder !== former) return lambda
        const hash: Record<string, string> =
          'MIGRATIONS_HASH' in lambda.environment ? { MIGRATIONS_HASH: Buffer.from(name).toString('hex').padEnd(64, '0') } : {}
        return { ...lambda, folder, environment: { ...lambda.environment, ...hash } }
      }),
  }
}
