import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import type { Plan } from '../../db/queries/planning/plans.ts'
import type { HouseholdSpec, sensitivityRequest } from '../../domain/planning/index.ts'
import { fieldProblem } from '../runtime/problem.ts'
import { readSpecification } from './read-specification.ts'

type AnalysisRequest = Pick<z.output<typeof sensitivityRequest>, 'iterations' | 'randomSeed' | 'returnModel'>

/** The specification of an analysis. The plan must be a household plan: a portfolio alone has no ages, incomes or expenses to move. */
export const readHousehold = async (transaction: Transaction, plan: Plan, request: AnalysisRequest): Promise<HouseholdSpec> => {
  const { specification } = await readSpecification(transaction, plan, { ...request, shards: 1, flowTiming: 'begin' })
  if ('kind' in specification) return specification
  const message = 'must make a household plan: add people, incomes and expenses'
  throw fieldProblem('plan-not-simulable', [{ path: 'inputs', message }])
}
