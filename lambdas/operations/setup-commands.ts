import * as z from 'zod'
import type { WorkDone } from '../../db/maintenance/run-steps.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { type CommandContext, defineCommand, type ExitCode, exitCodes } from '../runtime/command.ts'
import { cleanUp, refreshStatistics, reindex } from './maintain.ts'
import { describeShortly, describeStatus, readStatus } from './status.ts'
import { describeValidation, failedChecks, isValid, validateData } from './validate-data.ts'

/** The parts of `db setup`, in their order. `init` is a command of its own, because a deployment does its work in AWS. */
export const setupParts = ['optimize', 'validate', 'health'] as const

interface PartResult {
  readonly result: unknown
  readonly text: string
  readonly exitCode: ExitCode
  /** Why the part has failed, although it has a result. */
  readonly failure?: string
}

const optimize = async (context: CommandContext): Promise<PartResult> => {
  const parts: Record<string, WorkDone> = {
    cleanup: await cleanUp(context),
    reindex: await reindex(context),
    statistics: await refreshStatistics(context),
  }
  const works = Object.values(parts)
  const failed = works.flatMap(work => work.failed)
  return {
    result: parts,
    text: alignColumns(
      Object.entries(parts).map(([name, { done, failed, left }]) => [
        name,
        `${done.length} done, ${failed.length} failed, ${left.length} left`,
      ]),
    ),
    exitCode: works.some(({ left }) => left.length > 0) ? exitCodes.outOfDate : exitCodes.done,
    ...(failed.length > 0 ? { failure: failed.map(({ error, statement }) => `${statement}: ${error}`).join('\n') } : {}),
  }
}

const checkData = async (context: CommandContext, repairs: boolean): Promise<PartResult> => {
  const validation = await validateData(context, repairs)
  const failed = failedChecks(validation)
  return {
    result: validation,
    text: describeValidation(validation),
    exitCode: isValid(validation) ? exitCodes.done : exitCodes.outOfDate,
    ...(failed.length > 0 ? { failure: `Checks could not run: ${failed.join(', ')}.` } : {}),
  }
}

const health = async (context: CommandContext): Promise<PartResult> => {
  const status = await readStatus(context)
  return { result: status, text: describeShortly(status), exitCode: status.status === 'ok' ? exitCodes.done : exitCodes.outOfDate }
}

const dbSetup = defineCommand({
  name: 'db setup',
  summary: 'Optimizes the database, checks its data, and shows its health',
  role: 'nestegg_operator',
  arguments: z.strictObject({
    parts: z.array(z.enum(setupParts)).min(1),
    repair: z.boolean().default(false),
    json: z.boolean().default(false),
  }),
  run: async ({ json, parts, repair }, context) => {
    const wanted = setupParts.filter(part => parts.includes(part))
    const results = new Map<string, PartResult>()
    for (const part of wanted) {
      const result =
        part === 'optimize' ? await optimize(context) : part === 'validate' ? await checkData(context, repair) : await health(context)
      results.set(part, result)
      if (!json) context.out(`${part.toUpperCase()}\n${result.text}\n`)
    }
    if (json) context.out(`${JSON.stringify(Object.fromEntries([...results].map(([part, { result }]) => [part, result])))}\n`)
    const failures = [...results.values()].flatMap(({ failure }) => failure ?? [])
    if (failures.length > 0) throw new Error(failures.join('\n'))
    return [...results.values()].some(({ exitCode }) => exitCode !== exitCodes.done) ? exitCodes.outOfDate : exitCodes.done
  },
})

const status = defineCommand({
  name: 'status',
  summary: 'Shows the state of the platform on one screen',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json: z.boolean().default(false) }),
  run: async ({ json }, context) => {
    const found = await readStatus(context)
    context.out(json ? `${JSON.stringify(found)}\n` : describeStatus(found))
    return found.status === 'ok' ? exitCodes.done : exitCodes.outOfDate
  },
})

export const setupCommands = { dbSetup, status }
