import { rename } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { counted } from '../runtime/counted.ts'
import { defineCommand, exitCodes } from '../runtime/command.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { nextOf } from '../runtime/key-file.ts'
import { fileWrappingKey, makeNextKeyFile } from './secrets/envelope.ts'
import { rewrapKeys } from './secrets/rewrap.ts'

const marking = z.object({ marked: z.int() })

const rotateKeys = defineCommand({
  name: 'wealth rotate-keys',
  summary: 'Has the keys of all access tokens and credentials encrypted again, on this machine with a new key file',
  role: 'nestegg_owner',
  arguments: z.strictObject({}),
  run: async (_, { hasTime, inTransaction, out, request }) => {
    const call = async (name: string, document: object): Promise<unknown> => {
      const text = JSON.stringify({ request, ...document })
      const [row] = await inTransaction(transaction =>
        transaction.execute<{ answer: unknown }>(sql`select ${sql.raw(`wealth.${name}`)}(${text}::jsonb) as answer`),
      )
      const answer = row?.answer
      return typeof answer === 'string' ? JSON.parse(answer) : answer
    }
    const { CREDENTIAL_KEY_FILE: path } = readEnvironment()
    if (path !== undefined) await makeNextKeyFile(path)
    const { marked } = marking.parse(await call('mark_wrapped_keys', {}))
    if (path === undefined) {
      out(`${counted(marked, 'key')} will be encrypted again by the next run of the job wealth/rewrap-credentials.\n`)
      return exitCodes.done
    }
    const { refused, rewrapped } = await rewrapKeys({ call, hasTime, before: new Date('1970-01-02T00:00:00Z'), key: fileWrappingKey(path) })
    if (refused > 0) {
      out(`${counted(refused, 'key')} cannot be opened with ${path}. The old file stays, and the new one is ${nextOf(path)}.\n`)
      return exitCodes.outOfDate
    }
    await rename(nextOf(path), path)
    out(`${path} has a new key, which opens ${counted(rewrapped, 'key')}. Keep a copy of it elsewhere.\n`)
    return exitCodes.done
  },
})

export const wealthCommands = { rotateKeys }
