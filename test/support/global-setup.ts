import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildChangedWeb } from '../../web/build.ts'
import { startTemplateServer } from './postgres.ts'

/**
 * One PostgreSQL server for the whole run, with a migrated template that test databases are copied from; and a folder for what is made
 * once per run. The pages of the web application are built, if they have changed.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const [{ server, remove }] = await Promise.all([startTemplateServer(), buildChangedWeb()])
  project.provide('postgres', { host: server.host, port: server.port, passwordFile: server.passwordFile })
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-run-'))
  project.provide('runFolder', project.config.watch ? undefined : folder)
  return async () => {
    rmSync(folder, { recursive: true, force: true })
    await remove()
  }
}
