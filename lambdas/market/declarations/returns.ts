import { gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { returnDatasets } from '../resources.ts'
import { returnDataset } from '../schemas/returns.ts'

export const returnsDeclarations = {
  'list-return-datasets': lists(returnDatasets, { description: 'Imported sets of historical annual returns.' }),
  'get-return-dataset': { ...gets(returnDatasets), responses: { 200: reply('The dataset with its figures.', returnDataset) } },
} as const
