import { Dialog } from '../../components/dialog.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { changed, changedStored } from '../../shell/undo.ts'
import { type OwnCategory, refreshCategories } from './own-category.ts'
import { categories as m } from '#messages/categories'
import { categories as names } from '#messages/register'

type Fields = Pick<OwnCategory, 'name' | 'parent'>

const change = async (categoryId: string, body: Fields, ifMatch: number): Promise<OwnCategory> => {
  const now = await api('PATCH /v1/wealth/transaction-categories/{categoryId}', { params: { categoryId }, body, ifMatch })
  await refreshCategories()
  return now
}

const read = (categoryId: string): Promise<OwnCategory> =>
  api('GET /v1/wealth/transaction-categories/{categoryId}', { params: { categoryId } })

/** Removes it, also if it was renamed since. Transactions that have it are a reason to refuse, which the answer names. */
const remove = async (categoryId: string): Promise<void> => {
  const { version } = await read(categoryId)
  await api('DELETE /v1/wealth/transaction-categories/{categoryId}', { params: { categoryId }, ifMatch: version })
  await refreshCategories()
}

/** Adds a category, or changes one. */
export const CategoryDialog = ({
  category,
  householdId,
  onClose,
}: {
  readonly householdId: string
  readonly category?: OwnCategory
  readonly onClose: () => void
}) => {
  const form = useForm<{ readonly name: string; readonly parent: string }>({
    initial: { name: category?.name ?? '', parent: category?.parent ?? 'food_and_drink' },
    submit: async (values, idempotencyKey) => {
      const body = values as Fields
      if (category) {
        const { id, name, parent, version } = category
        const now = await change(id, body, version)
        changedStored(
          m.changed(now.name),
          now,
          () => read(id),
          at => change(id, { name, parent }, at),
        )
      } else {
        const { id, name } = await api('POST /v1/wealth/transaction-categories', { body: { householdId, ...body }, idempotencyKey })
        await refreshCategories()
        changed(m.added(name), () => remove(id))
      }
      onClose()
    },
  })
  return (
    <Dialog title={category ? m.changeOf(category.name) : m.add} onClose={onClose}>
      <Form form={form} submit={category ? m.save : m.store} onCancel={onClose}>
        <TextField {...form.text('name')} label={m.name} />
        <SelectField
          {...form.text('parent')}
          label={m.parent}
          help={m.parentHelp}
          options={Object.entries(names).filter(([name]) => name !== 'other')}
        />
      </Form>
    </Dialog>
  )
}
