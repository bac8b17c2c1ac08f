#!/usr/bin/env bash
# Finds PowerShell and hands over to build.ps1, which does the work.
# Without PowerShell, `start` uses the command of src/LocalZure.Cli, and `test` builds everything and runs the suites that dotnet
# alone can run.
set -euo pipefail

readonly usage='usage: ./build.sh [build|test [-Suite <name>]|start <service...> [arguments of Start-LzService]|bench [arguments]|package|clean [-WhatIf]]'
readonly lowest_powershell='7.4'
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly root

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1

fail() {
  printf 'build.sh: %s\n' "$@" >&2
  exit 1
}

usage_error() {
  printf 'build.sh: %s\n' "$1" >&2
  exit 2
}

step() {
  printf '==> %s\n' "$1"
}

require_dotnet() {
  command -v dotnet >/dev/null || fail \
    'the .NET SDK is not installed (no dotnet on PATH).' \
    'Install .NET SDK 10 as described at https://learn.microsoft.com/dotnet/core/install, open a new shell and try again.'

  local answer
  answer=$(cd "$root" && dotnet --version 2>&1) || fail \
    'the installed .NET SDK does not match global.json (SDK 10 is needed):' \
    "$answer" \
    'Install .NET SDK 10 as described at https://learn.microsoft.com/dotnet/core/install.'
}

# True when the version that the given command prints ("PowerShell 7.6.5") is new enough.
is_new_enough() {
  local version
  version=$("$@" --version 2>/dev/null | sed -n 's/^PowerShell \([0-9][0-9.]*\).*/\1/p') || return 1
  [[ -n $version ]] || return 1
  [[ $(printf '%s\n' "$lowest_powershell" "$version" | sort -V | head -n 1) == "$lowest_powershell" ]]
}

# Fills the array `powershell` with the command that runs PowerShell, or leaves it empty and says why in `why_none`.
powershell=()
why_none=''
find_powershell() {
  if command -v pwsh >/dev/null; then
    if is_new_enough pwsh; then
      powershell=(pwsh)
      return
    fi
    why_none="the pwsh on PATH is older than $lowest_powershell; "
  else
    why_none='there is no pwsh on PATH; '
  fi

  # A start does not wait for a download: the command does the same.
  [[ $1 != start ]] || return 0
  local log
  if log=$(cd "$root" && dotnet tool restore 2>&1) && is_new_enough dotnet tool run pwsh --; then
    powershell=(dotnet tool run pwsh --)
    return
  fi
  why_none+="\`dotnet tool restore\` did not bring the pinned one: $(tail -n 1 <<<"$log")"
}

how_to_install() {
  printf '%s\n' \
    "PowerShell $lowest_powershell or later was not found: $why_none" \
    'Install it with one of:' \
    '  dotnet tool install --global PowerShell' \
    '  the package of your system, see https://learn.microsoft.com/powershell/scripting/install/installing-powershell'
}

count_in_trx() {
  # <Counters total="3" executed="2" passed="2" failed="0" ... />
  sed -n "s/.*<Counters [^>]*\b$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1
}

# `build.ps1 -Task Start` with the command, which understands the arguments of Start-LzService.
start_without_powershell() {
  [[ $# -gt 0 ]] || usage_error "no service is named. Name those to start, for example './build.sh start blob'; README.md lists them"
  step 'build LocalZure.Cli'
  dotnet publish "$root/src/LocalZure.Cli" -c Release -o "$root/out/cli" -v q --nologo
  step "start $*"
  exec dotnet "$root/out/cli/localzure.dll" start "$@" --connection-string
}

# The part of `build.ps1 -Task Test` that needs no PowerShell: the suites whose name matches a wildcard. The last line counts every
# suite; what cannot run counts as skipped.
test_without_powershell() {
  local suite='*'
  if [[ $# -gt 0 ]]; then
    [[ $# -eq 2 && $1 == -[Ss]uite ]] || usage_error "task test does not take '$*'"
    suite=$2
  fi
  local passed=0 failed=0 skipped=0 project name trx status unrun=()
  how_to_install >&2

  for project in "$root"/src/*/*.csproj; do
    step "build $(basename "$project" .csproj)"
    dotnet build "$project" -c Release -v q --nologo || failed=$((failed + 1))
  done

  for project in "$root"/tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    # shellcheck disable=SC2053 # a wildcard
    [[ $name == $suite ]] || continue
    trx="$root/out/TestResults/$name.trx"
    rm -f "$trx"
    step "test $name"
    status=0
    dotnet test "$project" -c Release -v q --nologo \
      --logger "trx;LogFileName=$name.trx" --results-directory "$root/out/TestResults" \
      --blame-hang-timeout 10m --blame-hang-dump-type none || status=$?
    if [[ -f $trx ]]; then
      local ran_failed total executed
      ran_failed=$(count_in_trx "$trx" failed)
      total=$(count_in_trx "$trx" total)
      executed=$(count_in_trx "$trx" executed)
      passed=$((passed + $(count_in_trx "$trx" passed)))
      failed=$((failed + ran_failed))
      skipped=$((skipped + total - executed))
      [[ $status -eq 0 || $ran_failed -gt 0 ]] || failed=$((failed + 1))
    else
      printf 'build.sh: %s did not run (exit code %s)\n' "$name" "$status" >&2
      failed=$((failed + 1))
    fi
  done

  local file tests
  for file in "$root"/tests/*/*.Tests.ps1; do
    name=$(basename "$file" .Tests.ps1)
    # shellcheck disable=SC2053 # a wildcard
    [[ -f $file && $name == $suite ]] || continue
    tests=$(grep -c '^[[:space:]]*It[[:space:]]' "$file" || true)
    unrun+=("$(basename "$file") ($tests tests)")
    skipped=$((skipped + tests))
  done

  step 'results'
  printf 'NOT RUN: the module was not put together, because PowerShell is missing\n'
  if [[ ${#unrun[@]} -gt 0 ]]; then
    printf 'NOT RUN: Pester suite %s, because PowerShell is missing\n' "${unrun[@]}"
  fi
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [[ $failed -eq 0 && $passed -gt 0 ]]
}

main() {
  local task=${1:-build}
  [[ $# -eq 0 ]] || shift
  case $task in
    build | test | start | bench | package | clean) ;;
    -h | --help | help)
      printf '%s\n' "$usage"
      return
      ;;
    *) fail "unknown task '$task'" "$usage" ;;
  esac

  require_dotnet
  find_powershell "$task"
  if [[ ${#powershell[@]} -gt 0 ]]; then
    # A local tool is only found from within the folder of its manifest.
    [[ ${powershell[0]} == pwsh ]] || cd "$root"
    exec "${powershell[@]}" -NoLogo -NoProfile -NonInteractive -File "$root/build.ps1" -Task "$task" "$@"
  fi
  case $task in
    start) start_without_powershell "$@" ;;
    test)
      test_without_powershell "$@"
      return
      ;;
  esac
  how_to_install >&2
  fail "task '$task' needs PowerShell"
}

main "$@"
