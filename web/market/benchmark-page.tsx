import { useParams } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { Loading } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { AdministratorPage } from '../shell/administrator-page.tsx'
import { useApi } from '../shell/api.ts'
import { useLookIsKnown } from '../shell/preferences.ts'
import { BenchmarkForm } from './benchmark-form.tsx'
import { benchmarkForm as m } from '#messages/market-forms'

const Loaded = ({ symbol }: { readonly symbol: string }) => {
  const { data, error, refetch } = useApi('GET /v1/market/benchmarks/{symbol}', { params: { symbol } })
  const isKnown = useLookIsKnown()
  if (error) return <Failure error={error} retry={refetch} />
  return data && isKnown ? <BenchmarkForm benchmark={data} /> : <Loading />
}

const BenchmarkPage = () => {
  const symbol = decodeURIComponent(useParams<{ symbol: string }>().symbol)
  return (
    <AdministratorPage title={m.title} lead={m.lead} actions={<ButtonLink href="/market/benchmarks">{m.toList}</ButtonLink>}>
      <Loaded key={symbol} symbol={symbol} />
    </AdministratorPage>
  )
}

export default BenchmarkPage
