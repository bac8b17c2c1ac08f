namespace LocalZure.Engine.Monitoring;

/// <summary>Keeps the latest values, bounded by their number and by their age. Not for several threads.</summary>
internal sealed class RingBuffer<T>
{
    private readonly (DateTimeOffset Time, T Value)[] _values;
    private readonly TimeSpan _age;
    private int _first;
    private int _count;

    /// <summary>Creates one.</summary>
    /// <param name="capacity">The most values that are kept; at least 1.</param>
    /// <param name="age">How long a value is kept, counted from the newest one.</param>
    public RingBuffer(int capacity, TimeSpan age)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _values = new (DateTimeOffset, T)[capacity];
        _age = age;
    }

    /// <summary>Adds a value. One that came before the newest, by a clock that was set back, is kept like one of the same moment.</summary>
    public void Add(DateTimeOffset time, T value)
    {
        if (_count == _values.Length)
        {
            Drop();
        }

        _values[(_first + _count) % _values.Length] = (time, value);
        _count++;
        while (time - _values[_first].Time > _age)
        {
            Drop();
        }
    }

    /// <summary>The values, oldest first, as they are now.</summary>
    public IReadOnlyList<T> ToList() => Enumerable.Range(0, _count).Select(i => _values[(_first + i) % _values.Length].Value).ToList();

    private void Drop()
    {
        _values[_first] = default;
        _first = (_first + 1) % _values.Length;
        _count--;
    }
}
