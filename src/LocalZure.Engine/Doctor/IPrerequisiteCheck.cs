namespace LocalZure.Engine.Doctor;

/// <summary>One thing that the doctor looks at. It changes nothing.</summary>
internal interface IPrerequisiteCheck
{
    /// <summary>Its name, as users see it.</summary>
    string Name { get; }

    /// <summary>Looks. What it throws becomes a failed result.</summary>
    /// <param name="patient">What is looked at.</param>
    /// <param name="cancellationToken">Ends the look, also when its time is over.</param>
    Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken);
}
