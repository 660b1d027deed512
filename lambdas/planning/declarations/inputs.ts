import * as z from 'zod'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { uuid } from '../../runtime/schemas.ts'
import { planInput, planInputBody } from '../schemas/inputs.ts'
import { database, planPath, reading, writing } from './shared.ts'

const inputPath = z.strictObject({ ...planPath.shape, inputId: uuid.describe('The input.') })

export const inputsDeclarations = {
  'list-plan-inputs': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/inputs',
    summary: 'List the inputs of a plan',
    description: 'The current ones.',
    access: 'read',
    backends: database,
    params: planPath,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(planInput)), ...refusals(...reading) },
  },
  'create-plan-input': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/inputs',
    summary: 'Create an input of a plan',
    description: 'For example a person, an account, a contribution or a withdrawal.',
    access: 'write',
    backends: database,
    idempotency: 'key',
    params: planPath,
    body: planInputBody,
    responses: { 201: reply('The input.', planInput), ...refusals(...writing) },
    example: { body: { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '40000.00' } } },
  },
  'update-plan-input': {
    method: 'PUT',
    path: '/v1/planning/plans/{planId}/inputs/{inputId}',
    summary: 'Replace an input of a plan',
    description: 'The old input stays in the plan’s history.',
    access: 'write',
    backends: database,
    params: inputPath,
    body: planInputBody,
    responses: { 200: reply('The input that stands now.', planInput), ...refusals(...writing) },
  },
  'delete-plan-input': {
    method: 'DELETE',
    path: '/v1/planning/plans/{planId}/inputs/{inputId}',
    summary: 'Remove an input from a plan',
    description: 'It stays in the plan’s history.',
    access: 'write',
    backends: database,
    params: inputPath,
    responses: { 204: reply('Gone from the plan.'), ...refusals(...reading) },
  },
} as const
