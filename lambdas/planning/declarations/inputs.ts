import * as z from 'zod'
import { planInputBody } from '../../../domain/planning/index.ts'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { uuid } from '../../runtime/schemas.ts'
import { planInput } from '../schemas/inputs.ts'
import { database, planPath, reading, writing } from './shared.ts'

const inputPath = z.strictObject({ planId: uuid, inputId: uuid })

export const inputsDeclarations = {
  'list-plan-inputs': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/inputs',
    summary: 'What a plan has been told, as it stands',
    access: 'read',
    backends: database,
    params: planPath,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(planInput)), ...refusals(...reading) },
  },
  'create-plan-input': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/inputs',
    summary: 'Tell a plan something: a person, an account, a contribution, a withdrawal',
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
    summary: 'Replace an input: the old one stays in the plan’s history, superseded by the new one',
    access: 'write',
    backends: database,
    params: inputPath,
    body: planInputBody,
    responses: { 200: reply('The input that stands now.', planInput), ...refusals(...writing) },
  },
  'delete-plan-input': {
    method: 'DELETE',
    path: '/v1/planning/plans/{planId}/inputs/{inputId}',
    summary: 'Take an input back: it stays in the plan’s history',
    access: 'write',
    backends: database,
    params: inputPath,
    responses: { 204: reply('Gone from the plan.'), ...refusals(...reading) },
  },
} as const
