# The common part of the examples. Needs only a POSIX shell and curl.
set -eu

: "${NESTEGG_URL:=http://localhost:3000}" "${NESTEGG_EMAIL:?Set NESTEGG_EMAIL.}" "${NESTEGG_PASSWORD:?Set NESTEGG_PASSWORD.}"
token=''

# send METHOD PATH [BODY [MEDIA TYPE]]: sends a request with the token. Sets `status` and `answer`.
send() {
  answer=$(curl -sS -X "$1" "$NESTEGG_URL$2" -w '\n%{http_code}' ${token:+-H "authorization: Bearer $token"} \
    ${3+-H "content-type: ${4:-application/json}" --data-binary "$3"})
  status=$(printf '%s' "$answer" | tail -n 1)
  answer=$(printf '%s' "$answer" | sed '$d')
}

# request: the same as send, and ends the program if the answer is not a success.
request() {
  send "$@"
  case $status in 2*) ;; *) echo "$1 $2 answered $status: $answer" >&2; exit 1 ;; esac
}

# field NAME: the first value of that name in the answer.
field() {
  printf '%s' "$answer" | grep -o "\"$1\":\"\{0,1\}[^\",}]*" | head -n 1 | sed 's/^[^:]*:"\{0,1\}//'
}

# json TEXT: the text, escaped for a JSON string.
json() {
  printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}

# Signs in, and signs up first if there is no such user.
sign_in() {
  credentials="{\"email\":\"$(json "$NESTEGG_EMAIL")\",\"password\":\"$(json "$NESTEGG_PASSWORD")\"}"
  send POST /v1/identity/sessions "$credentials"
  if [ "$status" = 401 ]; then
    request POST /v1/identity/sign-ups "$credentials"
    printf 'The code that was sent to %s: ' "$NESTEGG_EMAIL"
    read -r code
    request POST /v1/identity/sign-ups/confirmations "{\"email\":\"$(json "$NESTEGG_EMAIL")\",\"code\":\"$(json "$code")\"}"
    request POST /v1/identity/sessions "$credentials"
  fi
  token=$(field accessToken)
  [ -n "$token" ] || { echo "Not signed in: $answer" >&2; exit 1; }
}
