import * as z from 'zod'
import { transactions, transactionSplits } from '../../../db/schema/wealth/transactions.ts'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { patchOf, uuid } from '../../runtime/schemas.ts'
import { updates } from '../../runtime/writes.ts'
import { transactionCategories } from '../resources/categories.ts'
import { ownCategoryFields } from '../schemas/categories.ts'
import { category } from '../schemas/transactions.ts'

const used = [updates(transactions, ['category', 'categoryId', 'version']), updates(transactionSplits, ['category', 'categoryId'])]

export const categoryDeclarations = {
  'list-transaction-categories': lists(transactionCategories),
  'create-transaction-category': creates(transactionCategories, {
    body: z.strictObject({ householdId: uuid.describe('The household of the category.'), ...ownCategoryFields }),
    example: { body: { householdId: '01990000-0000-7000-8000-000000000001', parent: 'food_and_drink', name: 'School lunches' } },
  }),
  'get-transaction-category': gets(transactionCategories),
  'update-transaction-category': changes(transactionCategories, {
    description: 'A new parent is also the category of everything that has this one.',
    body: patchOf(ownCategoryFields),
    writes: used,
    example: { body: { name: 'Lunches' } },
  }),
  'delete-transaction-category': {
    ...removes(transactionCategories, {
      description:
        'A category in use needs a replacement: another own category, or one that all have. Without it, the answer is 409 with the number of uses.',
      refuses: [409, 422],
      writes: used,
    }),
    query: z.strictObject({
      replacementId: uuid.optional().describe('The own category that replaces it.'),
      replacement: category.optional().describe('Or the category that replaces it.'),
    }),
  },
} as const
