# Compound v2 by its public rules (compound-protocol a3214f6: CToken.sol, Comptroller.sol), for CompoundV2VectorsTest. Unproven on chain.
W=10**18
def accrue(cash,b,r,s,idx,rate,n,rf):
    f=rate*n; i=f*b//W
    return b+i, r+i*rf//W, idx+f*idx//W
def x(cash,b,r,s): return (cash+b-r)*W//s
# reserve 0: collateral, 18 decimals; reserve 1: debt, 6 decimals
c=dict(cash=7_000_000*10**18+123,b=3_000_000*10**18+456,r=20_000*10**18+789,s=480_000_000*10**8+11,idx=1_050_000_000_000_000_001,rate=21_000_000_001,rf=2*10**17,last=1000)
d=dict(cash=90_000_000*10**6+7,b=60_000_000*10**6+5,r=300_000*10**6+3,s=6_500_000_000*10**8+1,idx=1_120_000_000_000_000_003,rate=33_000_000_007,rf=10**17,last=900)
N=5000
cb,cr,ci=accrue(c['cash'],c['b'],c['r'],c['s'],c['idx'],c['rate'],N-c['last'],c['rf'])
db,dr,di=accrue(d['cash'],d['b'],d['r'],d['s'],d['idx'],d['rate'],N-d['last'],d['rf'])
xc=x(c['cash'],cb,cr,c['s'])
cf=75*10**16; pc=2_500*10**18; pb=10**30
tok=1_000*10**8+33; prin=40_000*10**6+9; j=1_060_000_000_000_000_007
owed=prin*di//j
C=((cf*xc//W)*pc//W)*tok//W
B=pb*owed//W
print("C",C,"B",B,"owed",owed,"xc",xc)
close=5*10**17; inc=108*10**16; share=28*10**15
most=close*owed//W
q=((inc*pb//W)*W)//(pc*xc//W)
seize=q*most//W
prot=seize*share//W
recv=seize-prot
# protocol share becomes reserves: supply shrinks, reserves grow by floor(rate*prot)
cr2=cr+xc*prot//W; s2=c['s']-prot
x2=x(c['cash'],cb,cr2,s2)
print("repay",most,"seize",seize,"protocol",prot,"received",recv,"redeemed",x2*recv//W)
