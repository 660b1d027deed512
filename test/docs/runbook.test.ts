import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { apiClient } from '../../web/client/client.ts'
import { findArchive, listBases, makeBase, newestSegmentAt } from '../../local/postgres/archive.ts'
import { admin } from '../bin/admin/run.ts'
import { readBlocks, readPage } from '../support/document-commands.ts'
import { Laptop } from '../support/laptop.ts'

const runbook = readPage('runbook.md')
const blocks = readBlocks('runbook.md')

const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')

describe('the runbook', () => {
  it.each([
    'Restore',
    'Failover',
    'Lost Region',
    'Rotate keys and secrets',
    'Bad migration',
    'Leaked token',
    'Full disk',
    'Runaway cost',
    'Tampered audit',
  ])('has the heading %s, and says there what to do on a laptop and in AWS', heading => {
    const section = runbook.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
    expect(section).toContain('**Laptop')
    expect(section).toContain('**AWS')
    const kinds = blocks.filter(block => block.heading === heading).map(({ kind }) => kind)
    expect(kinds).toContain('aws')
    if (heading !== 'Runaway cost') expect(kinds).toContain('laptop')
  })

  it('has links to its own headings only', () => {
    const anchors = new Set([...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)))
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
    expect(links.filter(anchor => !anchors.has(anchor))).toEqual([])
  })

  it('says of each block of commands where it runs', () => {
    expect([...blocks, ...readBlocks('operations.md')].filter(({ kind }) => kind !== 'laptop' && kind !== 'aws')).toEqual([])
    expect(blocks.flatMap(({ commands, kind }) => (kind === 'laptop' ? commands : [])).filter(({ text }) => /\baws /.test(text))).toEqual(
      [],
    )
  })

  it('links to the documentation of each AWS command that it uses, and of no other', () => {
    const base = 'https://docs.aws.amazon.com/cli/latest/reference/'
    const used = [...runbook.matchAll(/(?:^|[`(\s])aws ([a-z0-9-]+) ((?:wait )?[a-z0-9-]+)/gm)].map(
      ([, service, command = '']) => `${base}${service}/${command.replace(' ', '/')}.html`,
    )
    const linked = [...runbook.matchAll(/\]\((https:\/\/docs\.aws\.amazon\.com\/cli\/[^)]+)\)/g)].map(([, url = '']) => url)
    expect(linked.toSorted()).toEqual([...new Set(used)].toSorted())
  })
})

const laptop = new Laptop()
afterAll(() => laptop.remove())

const otherDisk = join(laptop.folder, 'other-disk')
mkdirSync(otherDisk)

const sessionOf = async () => {
  const credentials = JSON.parse(readFileSync(join(laptop.data, 'demo.json'), 'utf8')) as { email: string; password: string }
  const { url } = laptop
  const { tokens } = await apiClient({ url })('POST /v1/identity/sessions', { body: credentials })
  return apiClient({ url, accessToken: () => tokens?.accessToken })
}

const listed = async <Listed>(...argv: string[]): Promise<Listed> =>
  JSON.parse((await admin(...argv, '--json', '--data', laptop.data)).out) as Listed

/** What the platform itself has done two minutes after its start: a copy of the data folder, and an archived log file after it. */
const copyForMoments = async (): Promise<void> => {
  const root = join(laptop.data, 'postgres')
  await laptop.asAdministrator(async sql => {
    await makeBase(root, sql)
    await sql`select pg_create_restore_point('trial')`
    await sql`select pg_switch_wal()`
  })
  const archive = findArchive(root)!
  const archivedAfter = () => newestSegmentAt(archive)!.getTime() - listBases(archive).at(-1)!.completedAt.getTime()
  await expect.poll(archivedAfter, { timeout: 30_000 }).toBeGreaterThan(0)
}

/** A moment after which something can be written that is not part of it. */
const passing = async (): Promise<string> => {
  await wait(50)
  const moment = new Date().toISOString()
  await wait(50)
  return moment
}

const firstId = (statement: string): Promise<string> =>
  laptop.asAdministrator(async sql => {
    const [row] = await sql.unsafe<{ id: string }[]>(statement)
    return row!.id
  })

/** What stands in the pages for something that only the reader knows. */
const substitutes: Readonly<Record<string, () => string | Promise<string>>> = {
  'http://127.0.0.1:3000': () => laptop.url,
  'someone@your.domain': () => 'demo@nestegg.example',
  '2026-11-26T10:15:30Z': passing,
  '<other disk>': () => otherDisk,
  '<time>': () => readdirSync(join(laptop.data, 'backups'))[0]!,
  '<event id>': () => firstId('select id from operations.system_events order by id limit 1'),
  '<archive id>': () => firstId('select id from operations.retention_archives limit 1'),
  '<household id>': () => firstId('select id from identity.households limit 1'),
  '<hold id>': () => firstId('select id from operations.legal_holds where released_at is null'),
  '<user id>': () => firstId(`select id from identity.users where email = 'demo@nestegg.example'`),
}

const substituted = async (text: string): Promise<string> => {
  let result = text
  for (const [placeholder, value] of Object.entries(substitutes))
    if (result.includes(placeholder)) result = result.replaceAll(placeholder, await value())
  if (/<[a-z ]+>/.test(result)) throw new Error(`The test does not know what stands for the placeholder in: ${text}`)
  return result
}

/** Changes a row past the functions of the platform. Returns the value of before. */
const changeOldestRow = (resourceType: string): Promise<string> =>
  laptop.asAdministrator(sql =>
    sql.begin(async transaction => {
      await transaction`set local session_replication_role = replica`
      const [row] = await transaction<{ id: string; before: string }[]>`
        select id, resource_type as before from operations.audit_logs order by id limit 1`
      await transaction`update operations.audit_logs set resource_type = ${resourceType} where id = ${row!.id}`
      return row!.before
    }),
  )

const readRun = () => runApi('GET /v1/planning/runs/{runId}', { params: { runId: largeRun } })

let runApi: Awaited<ReturnType<typeof sessionOf>>
let largeRun = ''
let original = ''
let token: Awaited<ReturnType<typeof sessionOf>>

/** What has happened when the reader opens the page at a heading. */
const before: Readonly<Record<string, () => Promise<unknown>>> = {
  Backups: copyForMoments,
  Failover: async () => {
    runApi = await sessionOf()
    const plans = await runApi('GET /v1/planning/plans', { query: { sort: 'createdAt' } })
    const params = { planId: plans.items[0]!.id }
    largeRun = (await runApi('POST /v1/planning/plans/{planId}/large-runs', { params, body: { iterations: 100_000, shards: 10 } })).id
    await expect.poll(async () => (await readRun()).completedPaths, { timeout: 60_000 }).toBeGreaterThan(0)
  },
  'Leaked token': async () => {
    token = await sessionOf()
    await token('GET /v1/identity/me')
  },
  'Tampered audit': async () => {
    original = await changeOldestRow('others')
  },
  Retention: () =>
    laptop.asAdministrator(async sql => {
      await sql`insert into operations.job_runs (job, scheduled_for, started_at, status) values ('trial', '2020-01-01Z', '2020-01-01Z', 'succeeded')`
      await sql`update operations.data_retention_policies set action = 'archive' where table_name = 'operations.job_runs'`
      expect(await admin('retention', 'run', 'Runs of jobs', '--data', laptop.data)).toMatchObject({ code: 0 })
    }),
}

/** What the page says of the state after the last block of a heading. */
const after: Readonly<Record<string, (outputs: readonly string[]) => Promise<void>>> = {
  Failover: async () => {
    await expect.poll(readRun, { timeout: 120_000 }).toMatchObject({ status: 'succeeded', completedPaths: 100_000 })
  },
  'Rotate keys and secrets': async () => {
    await (await sessionOf())('POST /v1/identity/households', { body: { name: 'Home', timezone: 'UTC' } })
    for (const command of ['seal', 'verify']) expect(await admin('audit', command, '--data', laptop.data)).toMatchObject({ code: 0 })
    const anchors = await listed<{ keyFingerprint: string }[]>('audit', 'list-anchors')
    expect(new Set(anchors.map(({ keyFingerprint }) => keyFingerprint)).size).toBe(2)
  },
  'Leaked token': async () => {
    await expect(token('GET /v1/identity/me')).rejects.toMatchObject({ status: 401 })
    // Not in the same second: tokens have their time in seconds.
    await expect.poll(async () => (await sessionOf())('GET /v1/identity/me'), { timeout: 20_000 }).toBeDefined()
  },
  'Tampered audit': async outputs => {
    expect(outputs[0]).toContain('changed-row: ')
    await changeOldestRow(original)
  },
}

const done = new Set<string>()
/** @param repeats whether a command runs again that has run before */
const runBlocks = (page: string, { repeats }: { readonly repeats: boolean }): void => {
  const own = readBlocks(page).filter(({ kind }) => kind === 'laptop')
  for (const [index, block] of own.entries()) {
    const { commands, heading } = block
    it(`under ${heading}: ${commands[0]!.text}`, { timeout: 240_000 }, async () => {
      if (own[index - 1]?.heading !== heading) await before[heading]?.()
      const outputs: string[] = []
      for (const { exitCode, text } of commands) {
        if (!repeats && done.has(text)) continue
        done.add(text)
        const { code, out } = await laptop.run(await substituted(text))
        expect({ text, code, out }).toEqual({ text, code: exitCode, out })
        outputs.push(out)
      }
      if (own[index + 1]?.heading !== heading) await after[heading]?.(outputs)
    })
  }
}

// Each block begins with the state in which the one before it has left the platform.
describe('the commands of the runbook for a laptop', () => {
  runBlocks('runbook.md', { repeats: true })
})
describe('the commands of the page on operations for a laptop', () => {
  runBlocks('operations.md', { repeats: false })
})
