# The results of suites: read from the files that their processes write, put together, shown.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

function New-SuiteResult([string] $Name) {
    # Skips: reason and test; Notes: why a suite as a whole did not run or failed.
    [pscustomobject]@{
        Name = $Name; Passed = 0; Failed = 0; Skipped = 0; Seconds = 0.0
        Skips = [Collections.Generic.List[object]]::new()
        Failures = [Collections.Generic.List[string]]::new()
        Notes = [Collections.Generic.List[string]]::new()
    }
}

function New-FailedResult([string] $Name, [string] $Note) {
    $result = New-SuiteResult $Name
    $result.Failed = 1
    $result.Notes.Add($Note)
    $result
}

# A test's name with the beginning of what it said, for those who see only the end of the output.
function Format-Failure([string] $Test, [string] $Message) {
    $lines = @($Message -split '\r?\n' | ForEach-Object { $_.Trim() } | Where-Object { $_ } | Select-Object -First 12)
    (@($Test) + $lines) -join "`n            "
}

function Read-Trx([string] $Path, [pscustomobject] $Result) {
    $document = [xml]::new()
    $document.Load($Path)
    $names = [Xml.XmlNamespaceManager]::new($document.NameTable)
    $names.AddNamespace('t', $document.DocumentElement.NamespaceURI)
    foreach ($test in $document.SelectNodes('//t:Results/t:UnitTestResult', $names)) {
        switch ($test.GetAttribute('outcome')) {
            'Passed' {
                $Result.Passed++
            }
            'NotExecuted' {
                $Result.Skipped++
                $reason = $test.SelectSingleNode('t:Output/t:ErrorInfo/t:Message | t:Output/t:StdOut', $names)
                $text = $reason ? $reason.InnerText.Trim() : 'no reason given'
                $Result.Skips.Add([pscustomobject]@{ Reason = $text; Test = $test.GetAttribute('testName') })
            }
            default {
                $Result.Failed++
                $message = $test.SelectSingleNode('t:Output/t:ErrorInfo/t:Message', $names)
                $text = $message ? $message.InnerText : 'no message'
                $Result.Failures.Add((Format-Failure $test.GetAttribute('testName') $text))
            }
        }
    }
}

# The results of the files that a process has run.
function Read-Pester([string] $Path) {
    foreach ($counts in Get-Content $Path -Raw | ConvertFrom-Json) {
        $result = New-SuiteResult $counts.Name
        $result.Passed = $counts.Passed
        $result.Failed = $counts.Failed
        $result.Skipped = $counts.Skipped
        $result.Seconds = $counts.Seconds
        $counts.Skips | ForEach-Object { $result.Skips.Add($_) }
        $counts.Failures | ForEach-Object { $result.Failures.Add((Format-Failure $_.Test $_.Message)) }
        $result
    }
}

# The parts of a suite as one.
function Join-SuiteResult([object[]] $Results) {
    foreach ($group in $Results | Group-Object Name) {
        $whole = $group.Group[0]
        foreach ($part in $group.Group | Select-Object -Skip 1) {
            foreach ($property in 'Passed', 'Failed', 'Skipped', 'Seconds') {
                $whole.$property += $part.$property
            }
            $whole.Skips.AddRange($part.Skips)
            $whole.Failures.AddRange($part.Failures)
            $whole.Notes.AddRange($part.Notes)
        }
        $whole
    }
}

function Show-TestResult([object[]] $Results, [timespan] $Elapsed) {
    Enter-Step 'results'
    foreach ($result in $Results) {
        Write-Host ('    {0,-36} {1,5} passed {2,5} failed {3,5} skipped {4,6:0} s' -f
            $result.Name, $result.Passed, $result.Failed, $result.Skipped, $result.Seconds)
        $result.Notes | ForEach-Object { Write-Host "        $_" }
        $result.Failures | ForEach-Object { Write-Host "        FAILED: $_" }
    }
    $skips = @($Results | ForEach-Object { $_.Skips } | Group-Object Reason | Sort-Object Count -Descending)
    foreach ($group in $skips) {
        Write-Host "    skipped $($group.Count): $($group.Name)"
        $group.Group | ForEach-Object { Write-Host "        $($_.Test)" }
    }
    Write-Host ('    all suites took {0:0} s' -f $Elapsed.TotalSeconds)
    $totals = foreach ($property in 'Passed', 'Failed', 'Skipped') {
        "$([int] ($Results | Measure-Object $property -Sum).Sum) $($property.ToLowerInvariant())"
    }
    Write-Host ($totals -join ', ')
}

Export-ModuleMember -Function New-SuiteResult, New-FailedResult, Read-Trx, Read-Pester, Join-SuiteResult, Show-TestResult
