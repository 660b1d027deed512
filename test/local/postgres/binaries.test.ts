import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Binaries, installedBinaries, reachableBinaries } from '../../../local/postgres/binaries.ts'
import { type Identity, serverIdentity } from '../../../local/postgres/identity.ts'

// Only root's server runs as another user.
describe.runIf(process.getuid?.() === 0)('packages in a folder that the server’s user may not enter', () => {
  let folder: string
  let parent: string
  let installed: Binaries
  let identity: Identity
  beforeAll(async () => {
    identity = serverIdentity()!
    const original = await installedBinaries()
    folder = mkdtempSync(join(tmpdir(), 'nestegg-private-'))
    cpSync(dirname(dirname(original.postgres)), join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
    parent = mkdtempSync(join(tmpdir(), 'nestegg-public-'))
    chmodSync(parent, 0o755)
    const bin = join(folder, 'native/bin')
    // As npm installs files when the user's umask is 077.
    for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(bin, name), 0o700)
    installed = { initdb: join(bin, 'initdb'), pg_ctl: join(bin, 'pg_ctl'), postgres: join(bin, 'postgres') }
  })
  afterAll(() => {
    for (const path of [folder, parent]) rmSync(path, { recursive: true, force: true })
  })

  const versionOf = ({ postgres }: Binaries) => execFileSync(postgres, ['--version'], { ...identity, cwd: '/', encoding: 'utf8' })

  test('are copied once, to a place where that user can run them', async () => {
    expect(() => versionOf(installed)).toThrow('EACCES')
    const copy = await reachableBinaries(identity, installed, [parent])
    expect(versionOf(copy)).toMatch(/^postgres \(PostgreSQL\) 16\./)
    const { ino } = lstatSync(copy.postgres)
    expect(await reachableBinaries(identity, installed, [parent])).toEqual(copy)
    expect(lstatSync(copy.postgres).ino).toBe(ino)
  })

  test('are copied again if the copy is damaged, or could have been changed by another user', async () => {
    const { postgres } = await reachableBinaries(identity, installed, [parent])
    const { size } = lstatSync(postgres)
    truncateSync(postgres, 100)
    await reachableBinaries(identity, installed, [parent])
    expect(lstatSync(postgres).size).toBe(size)
    const copy = dirname(dirname(postgres))
    chmodSync(copy, 0o777)
    await reachableBinaries(identity, installed, [parent])
    expect(lstatSync(copy).mode & 0o777).toBe(0o755)
  })

  test('that cannot be copied are named, with what to do', async () => {
    const unusable = join(folder, 'closed')
    mkdirSync(unusable, { recursive: true })
    await expect(reachableBinaries(identity, installed, [unusable])).rejects.toThrow(
      `PostgreSQL does not run as root, and its system user "postgres" can reach neither ${join(folder, 'native')} nor a copy of it (${unusable}: not executable): move the project`,
    )
  })

  test('are used where they are if that user can run them', async () => {
    const original = await installedBinaries()
    expect(await reachableBinaries(identity, original, [])).toBe(original)
  })
})
