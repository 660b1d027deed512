import { Dialog } from '../../components/dialog.tsx'
import { SelectField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { showToast } from '../../shell/toasts.ts'
import { categoryOf, useCategories } from '../register/use-categories.ts'
import { type OwnCategory, refreshCategories } from './own-category.ts'
import { categories as m } from '#messages/categories'

/** Removes a category, after the choice of the one that its transactions get. */
export const RemoveCategory = ({
  category: { id, name, parent, version },
  onClose,
}: {
  readonly category: OwnCategory
  readonly onClose: () => void
}) => {
  const { options } = useCategories()
  const form = useForm<{ readonly replacement: string }>({
    initial: { replacement: parent },
    submit: async ({ replacement }) => {
      const chosen = categoryOf(replacement)
      await api('DELETE /v1/wealth/transaction-categories/{categoryId}', {
        params: { categoryId: id },
        query: chosen.categoryId === null ? { replacement: chosen.category } : { replacementId: chosen.categoryId },
        ifMatch: version,
      })
      await refreshCategories()
      showToast({ kind: 'good', text: m.removed(name) })
      onClose()
    },
  })
  return (
    <Dialog title={m.removeTitle(name)} onClose={onClose}>
      <p>{m.removeLead}</p>
      <Form form={form} submit={m.remove} onCancel={onClose}>
        <SelectField
          {...form.text('replacement')}
          label={m.replacement}
          options={options.filter(([choice]) => choice !== `${parent}:${id}`)}
        />
      </Form>
    </Dialog>
  )
}
