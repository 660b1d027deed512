import type { Backend } from './backends.ts'
import type { Domain } from './route.ts'
import type { TableWrite } from './writes.ts'

export interface TaskDeclaration {
  readonly summary: string
  readonly backends: readonly Backend[]
  /** The changes that its handler makes in the database, as nestegg_operator. */
  readonly writes?: readonly TableWrite[]
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
}

/** A function that a state machine or an event invokes, at least once: `lambdas/<domain>/handlers/<name>.ts`. */
export interface Task extends TaskDeclaration {
  readonly domain: Domain
  readonly name: string
  readonly id: string
}

/** Declares a domain's tasks; keys are handler names, as in a route table. */
export const defineTasks = <const Table extends Record<string, TaskDeclaration>>(
  domain: Domain,
  table: Table,
): { readonly [Name in keyof Table]: Task } =>
  Object.fromEntries(
    Object.entries(table).map(([name, declaration]) => [name, { ...declaration, domain, name, id: `${domain}/${name}` }]),
  ) as { readonly [Name in keyof Table]: Task }
