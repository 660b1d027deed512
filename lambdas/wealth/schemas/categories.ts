import * as z from 'zod'
import { instant, label, uuid } from '../../runtime/schemas.ts'
import { category } from './transactions.ts'

export const ownCategoryFields = {
  parent: category.describe('The category above it.'),
  name: label.max(80).describe('Its name, once under its parent.'),
}

export const ownCategory = z
  .strictObject({
    id: uuid,
    householdId: uuid,
    ...ownCategoryFields,
    name: z.string(),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'OwnCategory', description: 'A category of the household’s own.' })
