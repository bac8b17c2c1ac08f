#!/usr/bin/env bash
# Finds PowerShell, or restores the one that .config/dotnet-tools.json pins, and hands over to build.ps1, which does the work.
set -euo pipefail

readonly usage='usage: ./build.sh [build|test [-Suite <name>] [-Full|-Long]|start <service...> [arguments of Start-LzService]|bench [arguments]|package|clean [-WhatIf]]'
readonly lowest_powershell='7.4'
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly root

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1

fail() {
  printf 'build.sh: %s\n' "$@" >&2
  exit 1
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

# Fills the array `powershell` with the command that runs PowerShell, or ends with what is wrong and what to do.
powershell=()
find_powershell() {
  local why
  if command -v pwsh >/dev/null; then
    if is_new_enough pwsh; then
      powershell=(pwsh)
      return
    fi
    why="the pwsh on PATH is older than $lowest_powershell"
  else
    why='there is no pwsh on PATH'
  fi

  local log
  if ! log=$(cd "$root" && dotnet tool restore 2>&1); then
    why+=", and \`dotnet tool restore\` did not bring the one that .config/dotnet-tools.json pins: "
    why+=$(tail -n 1 <<<"$log" | sed 's/^Unhandled exception: //; s/\.$//')
  elif ! log=$(cd "$root" && dotnet tool run pwsh -- --version 2>&1); then
    why+=", and the one that \`dotnet tool restore\` brought does not start: $(tail -n 1 <<<"$log")"
  else
    powershell=(dotnet tool run pwsh --)
    return
  fi
  fail \
    "PowerShell $lowest_powershell or later was not found: $why." \
    'Make the NuGet feed reachable (dotnet nuget list source shows it), or install PowerShell with one of:' \
    '  dotnet tool install --global PowerShell' \
    '  the package of your system, see https://learn.microsoft.com/powershell/scripting/install/installing-powershell'
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
  find_powershell
  # A local tool is only found from within the folder of its manifest.
  [[ ${powershell[0]} == pwsh ]] || cd "$root"
  exec "${powershell[@]}" -NoLogo -NoProfile -NonInteractive -File "$root/build.ps1" -Task "$task" "$@"
}

main "$@"
