import sys; sys.path.insert(0,"/work/main/tests/unit")
import pytest
from test_record_audit import *
@pytest.mark.django_db
def test_a(): pass
def test_sweep(filled):
    import random
    R=random.Random(1); missed=[]; n=0; skipped=[]
    for table in TABLES:
        for column in columns_of(table):
            ok=0
            for k in range(12):
                row=row_of(table,R.randrange(count(table)))
                if table=="record_event" and column=="entry" and not is_sealed(row["id"]): continue
                other=flipped(row[column],R.randrange(10**6),R.randrange(8))
                if other is None or not replace(table,row,column,other): continue
                ok+=1;n+=1
                f=findings()
                assert replace(table,row|{column:other},column,row[column]); assert findings()==[],(table,column)
                if not f: missed.append((table,column,row[column],other))
            if not ok: skipped.append((table,column))
    print("\nN",n,"MISSED",missed,"\nSKIPPED",skipped)
