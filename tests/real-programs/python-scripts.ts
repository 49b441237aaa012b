/** What Python is given to do: scripts that go through `json`, `pathlib` and the files below them. */

export const jsonScript = `
import json, io, math, random
from decimal import Decimal
random.seed(3)

def value(depth):
    kind = random.randrange(8 if depth else 6)
    if kind == 0: return None
    if kind == 1: return random.random() < 0.5
    if kind == 2: return random.randrange(-10**18, 10**18)
    if kind == 3: return random.uniform(-1e300, 1e300)
    if kind == 4: return ''.join(chr(random.choice([9, 34, 92, 65, 228, 0x20ac, 0x1f600])) for _ in range(9))
    if kind == 5: return ''
    if kind == 6: return [value(depth - 1) for _ in range(random.randrange(5))]
    return {str(n): value(depth - 1) for n in range(random.randrange(5))}

for round in range(300):
    given = value(5)
    for options in ({}, {'indent': 2}, {'sort_keys': True}, {'ensure_ascii': False}, {'separators': (',', ':')}):
        assert json.loads(json.dumps(given, **options)) == given
assert json.loads('[1.1]', parse_float=Decimal) == [Decimal('1.1')]
assert math.isnan(json.loads('NaN')) and json.loads('-Infinity') == -math.inf
for bad in ('', '[', '{"a":}', '[1,]', '"\\\\x"', 'nul', '1 2', '{1:2}'):
    try: json.loads(bad)
    except json.JSONDecodeError as error: assert error.pos >= 0
    else: raise AssertionError(bad)
stream = io.StringIO(); json.dump({'key': [1, 2]}, stream); stream.seek(0)
assert json.load(stream) == {'key': [1, 2]}
try: json.dumps({1}); raise AssertionError('a set')
except TypeError: pass
circle = []; circle.append(circle)
try: json.dumps(circle); raise AssertionError('a circle')
except ValueError: pass
print('json: all is well')
`;

export const pathlibScript = `
import os, pathlib, shutil, stat, tempfile
from pathlib import Path, PurePosixPath

assert PurePosixPath('/a/b/../c.tar.gz').suffixes == ['.tar', '.gz']
assert PurePosixPath('/a') / '/b' == PurePosixPath('/b') and PurePosixPath('a/b').relative_to('a') == PurePosixPath('b')
assert PurePosixPath('a/b.py').match('*.py') and not PurePosixPath('a').is_absolute()

base = Path('/Work/paths')
base.mkdir()
(base / 'one' / 'two').mkdir(parents=True)
try: (base / 'one').mkdir(); raise AssertionError('made twice')
except FileExistsError: pass
(base / 'one').mkdir(exist_ok=True)
text = base / 'one' / 'text ä.txt'
assert text.write_text('line\\n' * 1000, encoding='utf-8') == 5000
assert text.read_text(encoding='utf-8').count('line') == 1000 and text.stat().st_size == 5000
assert text.is_file() and not text.is_dir() and stat.S_ISREG(text.stat().st_mode)
with text.open('r+b') as file:
    file.seek(10); file.write(b'XYZ'); file.seek(-3, os.SEEK_END); assert file.read() == b'ne\\n'
    file.truncate(100)
assert text.read_bytes()[10:13] == b'XYZ' and text.stat().st_size == 100
with text.open('ab') as file: file.write(b'more')
assert text.stat().st_size == 104
os.utime(text, ns=(1_000_000_001, 2_000_000_002)); assert text.stat().st_mtime_ns == 2_000_000_002
link = base / 'link'; link.symlink_to('one/two')
assert link.is_symlink() and link.is_dir() and os.readlink(link) == 'one/two' and link.resolve() == base / 'one' / 'two'
(base / 'loop').symlink_to('loop')
try: (base / 'loop').stat(); raise AssertionError('a loop')
except OSError: pass
hard = base / 'hard'; os.link(text, hard); assert hard.samefile(text) and hard.stat().st_nlink == 2
moved = text.rename(base / 'one' / 'two' / 'moved'); assert moved.exists() and not text.exists()
for number in range(300): (base / 'many').mkdir(exist_ok=True); (base / 'many' / f'{number:03}').write_bytes(bytes([number % 256]) * number)
names = sorted(entry.name for entry in (base / 'many').iterdir()); assert len(names) == 300 and names[-1] == '299'
assert len(list(base.glob('many/1*'))) == 100 and len(list(base.rglob('*'))) == 307
assert sum(entry.stat().st_size for entry in os.scandir(base / 'many')) == sum(range(300))
assert [len(files) for _, _, files in os.walk(base / 'many')] == [300]
try: (base / 'many').rmdir(); raise AssertionError('removed what is full')
except OSError: pass
try: (base / 'none').unlink(); raise AssertionError('removed nothing')
except FileNotFoundError: pass
(base / 'none').unlink(missing_ok=True)
shutil.copyfile(moved, base / 'copy'); assert (base / 'copy').read_bytes() == moved.read_bytes()
with tempfile.TemporaryFile(dir='/tmp') as file: file.write(b'x' * 100_000); file.seek(0); assert len(file.read()) == 100_000
with tempfile.TemporaryDirectory(dir='/tmp') as place: (Path(place) / 'f').touch()
shutil.rmtree(base); assert not base.exists()
print('pathlib: all is well')
`;

export const pipeWriter = 'import sys\nfor number in range(200_000): sys.stdout.write(f"{number}\\n")';

export const pipeReader = 'import sys\nlines = [int(line) for line in sys.stdin]\nprint(len(lines), sum(lines))';
