import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Deployed } from '../deployed.ts'
import { type SdkUse, sentByClients } from '../sdk-use.ts'

/** The names of all commands whose code is in a folder of bundles. The bundles keep the names of classes. */
const commandsIn = (folder: string): string[] => {
  const scripts = readdirSync(folder).filter(file => file.endsWith('.mjs'))
  const names = scripts.flatMap(file => [...readFileSync(join(folder, file), 'utf8').matchAll(/"([A-Z]\w*)Command"/g)])
  return [...new Set(names.map(([, name = '']) => name))].toSorted()
}

export const sdkUseFacts = (deployed: () => Deployed, use: () => ReadonlyMap<string, SdkUse>): void => {
  describe('the commands that handlers can send', () => {
    it('are, domain by domain, those in the built bundles', () => {
      const folders = new Map(
        deployed()
          .ownFunctions()
          .map(({ domain, folder }) => [domain, folder]),
      )
      for (const [domain, folder] of folders) {
        const found = [...use()]
          .filter(([id]) => id.startsWith(`${domain}/`))
          .flatMap(([, { commands }]) => commands.map(command => command.split(' ')[1]!))
        const built = commandsIn(folder).filter(name => !sentByClients.has(name))
        expect([...new Set(found)].toSorted(), domain).toEqual(built)
      }
    })

    it('differ between the two handlers of one file', () => {
      const commandsOf = (id: string) => use().get(id)?.commands
      expect(commandsOf('operations/migrate-database.isComplete')).not.toContain('rds CreateDBClusterSnapshot')
      expect(commandsOf('operations/migrate-database.isComplete')).toContain('rds DeleteDBClusterSnapshot')
      expect(commandsOf('operations/migrate-database.onEvent')).toContain('rds CreateDBClusterSnapshot')
    })

    it('are none in worker threads, which have the rights of their handler', () => {
      const workers = [...use()].filter(([id]) => id.endsWith('-worker'))
      expect(workers.length).toBeGreaterThan(0)
      expect(workers.filter(([, { commands, signsTokens }]) => commands.length > 0 || signsTokens)).toEqual([])
    })
  })
}
