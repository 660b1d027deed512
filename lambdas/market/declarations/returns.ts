import * as z from 'zod'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { uuid } from '../../runtime/schemas.ts'
import { returnDataset, returnDatasetSummary } from '../schemas/returns.ts'
import { database, reading } from './shared.ts'

export const returnsDeclarations = {
  'list-return-datasets': {
    method: 'GET',
    path: '/v1/market/return-datasets',
    summary: 'List return datasets',
    description: 'Imported sets of historical annual returns, newest first.',
    access: 'read',
    backends: database,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(returnDatasetSummary)), ...refusals(400, 401, 403) },
  },
  'get-return-dataset': {
    method: 'GET',
    path: '/v1/market/return-datasets/{datasetId}',
    summary: 'Get a return dataset',
    description: 'With its figures.',
    access: 'read',
    backends: database,
    params: z.strictObject({ datasetId: uuid.describe('The dataset.') }),
    responses: { 200: reply('The dataset.', returnDataset), ...refusals(...reading) },
  },
} as const
