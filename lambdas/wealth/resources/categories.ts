import { ownCategoryRows } from '../../../db/queries/wealth/index.ts'
import { transactionCategories as table } from '../../../db/schema/wealth/categories.ts'
import { equals } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { householdFilter } from '../schemas/household.ts'
import { ownCategory } from '../schemas/categories.ts'

export const transactionCategories = resource({
  one: 'category',
  many: 'the categories of a household',
  path: '/v1/wealth/transaction-categories',
  parameter: { categoryId: uuid.describe('The category.') },
  rows: ownCategoryRows,
  answer: ownCategory,
  filters: { householdId: equals(table.householdId, householdFilter), parent: equals(table.parent, ownCategory.shape.parent) },
  sorts: ['name', 'createdAt'],
  order: 'name',
})
