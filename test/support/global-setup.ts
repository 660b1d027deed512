import type { TestProject } from 'vitest/node'
import { startTemplateServer } from './postgres.ts'

/** One PostgreSQL server for the whole run, with a migrated template that test databases are copied from. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const { server, remove } = await startTemplateServer()
  project.provide('postgres', { host: server.host, port: server.port, passwordFile: server.passwordFile })
  return remove
}
