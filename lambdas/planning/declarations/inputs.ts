import * as z from 'zod'
import { planInputs as inputTable } from '../../../db/schema/planning/inputs.ts'
import { PLAN_LIMITS, planInputBody } from '../../../domain/planning/index.ts'
import { creates, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { uuid } from '../../runtime/schemas.ts'
import { updates } from '../../runtime/writes.ts'
import { planInputs } from '../resources.ts'
import { planInput } from '../schemas/inputs.ts'
import { database, inputWrites, planPath, versionWrites } from './shared.ts'

const inputPath = z.strictObject({ ...planPath.shape, inputId: uuid.describe('The input.') })

const { inputs, stateBytes, versions } = PLAN_LIMITS
const limits = `A plan has at most ${inputs} inputs, which have with its terms at most ${stateBytes} bytes as JSON, and ${versions} versions.`

export const inputsDeclarations = {
  'list-plan-inputs': lists(planInputs, {
    description: 'Without `sort`, in the order in which a simulation reads them: a new input is the last one.',
  }),
  'create-plan-input': creates(planInputs, {
    summary: 'Create an input of a plan',
    description: `A person, an account, a contribution, a withdrawal, and so on. ${limits}`,
    body: planInputBody,
    writes: versionWrites,
    example: { body: { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '40000.00' } } },
  }),
  'update-plan-input': {
    method: 'PUT',
    path: '/v1/planning/plans/{planId}/inputs/{inputId}',
    summary: 'Replace an input of a plan',
    description: `The new input takes the place of the old one, which stays in the plan’s history. ${limits}`,
    access: 'write',
    backends: database,
    params: inputPath,
    body: planInputBody,
    writes: [...inputWrites, ...versionWrites],
    refuses: [409],
    responses: { 200: reply('The new input.', planInput) },
  },
  'delete-plan-input': {
    method: 'DELETE',
    path: '/v1/planning/plans/{planId}/inputs/{inputId}',
    summary: 'Remove an input from a plan',
    description: 'The input stays in the plan’s history.',
    access: 'write',
    backends: database,
    params: inputPath,
    refuses: [422],
    writes: [updates(inputTable, ['removedAt']), ...versionWrites],
    responses: { 204: reply('Removed.') },
  },
} as const
